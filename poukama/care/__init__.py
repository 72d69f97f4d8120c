"""Support: the notes of those who help somebody through, each behind their own wall."""
