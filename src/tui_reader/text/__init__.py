"""What a string is: language, blocks, sentences, words, width, line breaks. All results are spans of the original text."""
