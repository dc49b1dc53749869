"""The public site: pages made of public models alone, the same bytes for the same release."""
