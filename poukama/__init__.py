"""Poukama runs a sexual assault support centre."""
