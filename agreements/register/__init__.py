"""Tables of Länder and Kreise in, who agrees with whom out: in which years, under which names, in every case."""
