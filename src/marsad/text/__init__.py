"""The language of reports: numbers, dates, names, places, sentences. Pure; what differs by language is data."""
