"""How right it is: annotated texts, measures, verdicts one by one, agreement, and the training of the models."""
