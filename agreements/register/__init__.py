"""Who agrees with whom: Länder and Kreise, their names in every case, from tables."""
