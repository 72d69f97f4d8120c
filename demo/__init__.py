"""The practice version's night: invented centres and people, and no description of any assault."""
