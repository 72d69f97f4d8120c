"""The night desk: contacts, triage, call-backs, expected arrivals. Anonymous unless the caller wants otherwise."""
