module app {
  requires java.desktop;
}
