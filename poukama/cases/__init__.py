"""Cases: everything for one client at one centre about one event, and who on the team may see which part of it."""
