"""From victim records to persons: what is compared, which pairs, how much each agreement weighs, and what follows."""
