"""Notices to authorities: the duty explained, the client told first, what was sent, and what it rested on."""
