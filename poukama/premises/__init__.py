"""Rooms that are fit for what is found in them: how clean they are, what is used in them, who may do what there."""
