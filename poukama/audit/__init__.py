"""What happened, and who looked: append-only, chained per centre, verifiable from an export. Identifiers only."""
