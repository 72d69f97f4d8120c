"""Set-up, start and stop, tests: what keeps an installation going. Later: backup and restore, health, downtime pack."""
