"""The situation report: what is known of some days and a place, composed from the public record, each number with its note."""
