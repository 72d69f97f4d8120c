"""Signing in, staying signed in, and giving the machine to the next person."""
