"""Reading data and making samples of them: tables, arrays, pictures. Without Qt and torch."""
