"""What a string is: its language, blocks, sentences, words, width and line breaks; results are spans of the text."""
