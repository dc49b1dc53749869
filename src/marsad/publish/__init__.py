"""The public record: `disclose` is its only gate; what lies behind it knows public models alone."""
