package dev.kmq.spark;

import java.io.Serializable;

/** An image that is known not to be readable before it is opened, with the reason. */
record FailedSource(String name, String error) implements Serializable {}
