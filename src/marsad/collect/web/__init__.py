"""What is fetched from the web: addresses that may be asked, asking them politely, and the pages and feeds they answer."""
