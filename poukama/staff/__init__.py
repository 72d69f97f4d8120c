"""The people on staff: members, their posts at centres, and what each role may do. It makes the Actor."""
