"""In what tone: the stance of a speaker towards each target, and the sentiment of the words."""
