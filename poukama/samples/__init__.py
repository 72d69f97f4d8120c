"""Samples: what was taken, under which seal, who held it when, where it is kept and until when."""
