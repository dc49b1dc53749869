"""Knowledge around tolls: sourced, dated, contradictable. Who holds what, who fled, who said and met whom. Pure."""
