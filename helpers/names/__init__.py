"""Who and what is named: people and their roles, organisations, countries and places, amounts and dates, and who is meant."""
