"""Who may do what where, and the gates that every page, read and write goes through. No models."""
