package dev.kmq.container;

/**
 * The place of a part of a file, its frame and checksum included.
 *
 * @param offset of the first byte, from the beginning of the file
 * @param length in bytes
 */
public record Extent(long offset, long length) {}
