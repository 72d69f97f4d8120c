"""Who is on call: shifts, absences, the gaps between them, and the week that shows it all."""
