package dev.kmq.remap;

import java.util.function.UnaryOperator;

/**
 * Solves symmetric positive definite systems of linear equations that are too large to be written
 * down, by the method of conjugate gradients with a diagonal preconditioner (Hestenes and Stiefel,
 * J. Res. Natl. Bur. Stand. 49(6), 1952).
 */
final class ConjugateGradients {
  private ConjugateGradients() {}

  /**
   * An approximate solution, starting from 0.
   *
   * @param right the right-hand side; overwritten
   * @param diagonal approximately that of the matrix, above 0
   * @param matrix gives the product of the matrix and a vector
   */
  static double[] solve(
      double[] right, double[] diagonal, UnaryOperator<double[]> matrix, int steps) {
    int n = right.length;
    double[] solution = new double[n];
    double[] direction = new double[n];
    double before = 1;
    for (int step = 0; step < steps; step++) {
      double now = 0;
      for (int i = 0; i < n; i++) {
        now += right[i] * right[i] / diagonal[i];
      }
      if (now == 0) {
        return solution;
      }
      for (int i = 0; i < n; i++) {
        direction[i] = right[i] / diagonal[i] + (step == 0 ? 0 : now / before * direction[i]);
      }
      double[] product = matrix.apply(direction);
      double along = 0;
      for (int i = 0; i < n; i++) {
        along += direction[i] * product[i];
      }
      for (int i = 0; i < n; i++) {
        solution[i] += now / along * direction[i];
        right[i] -= now / along * product[i];
      }
      before = now;
    }
    return solution;
  }
}
