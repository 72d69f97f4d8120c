"""The plain stack: a note that a signed-in person may save, as any Django application would do it, and no more."""
