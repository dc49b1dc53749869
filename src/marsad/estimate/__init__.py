"""What was not recorded: multiple systems estimation (to come; see the model `Estimate`)."""
