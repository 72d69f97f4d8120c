"""Pages that read many rooms and write nothing: today, and one case."""
