"""Why a trained model says what it says: which pixels, columns or words its answer rests on."""
