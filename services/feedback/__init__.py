"""What citizens say of services and colleagues of each other (PRODUCT F1, F5). Who said it stays here, or nowhere."""
