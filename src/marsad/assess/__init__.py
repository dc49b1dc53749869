"""Incidents to tolls under a policy, with a grade and an explanation. Pure."""
