"""The texts of pictures, for translators: all else of a picture is for who may change it."""
