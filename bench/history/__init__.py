"""Does a punch take longer when ten million lie before it?"""
