"""Behind stance: a sentence as lists, what governs a target, the targets, the features and the model."""
