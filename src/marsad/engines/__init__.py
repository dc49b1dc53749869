"""Where stages run; the only room that knows a query engine."""
