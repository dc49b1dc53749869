"""How well marsad reads, measured against marks that people made by hand."""
