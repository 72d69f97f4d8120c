"""The person who seeks help: who they are as far as they say, how they may be reached, what they consent to."""
