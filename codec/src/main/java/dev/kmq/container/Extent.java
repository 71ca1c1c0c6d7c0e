package dev.kmq.container;

/**
 * Where a part of a file stands, its frame and checksum included.
 *
 * @param offset of its first byte, from the beginning of the file
 * @param length in bytes
 */
public record Extent(long offset, long length) {}
