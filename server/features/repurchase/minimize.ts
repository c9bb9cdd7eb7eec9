/** What a minimiser asks for: the value at a point; the gradient is written into `slope`. */
export type Objective = (at: readonly number[], slope: number[]) => number

export interface Minimum {
  at: number[]
  value: number
  iterations: number
  evaluations: number
  /** The largest component of the gradient came below the tolerance. */
  converged: boolean
  slope: number
}

const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, value, i) => sum + value * b[i]!, 0)

/** BFGS with a backtracking line search (Nocedal & Wright, Numerical Optimization, algorithm 6.1 with 3.1). For a handful of dimensions. */
export function minimize(
  objective: Objective,
  start: readonly number[],
  { tolerance = 1e-8, most = 200 } = {},
): Minimum {
  const n = start.length
  let at = [...start]
  let slope: number[] = at.map(() => 0)
  let value = objective(at, slope)
  let evaluations = 1
  let inverse = identity(n)
  const steepest = () => Math.max(...slope.map(Math.abs))
  let iterations = 0
  for (; iterations < most && steepest() > tolerance; iterations += 1) {
    let direction = inverse.map((row) => -dot(row, slope))
    let fall = dot(direction, slope)
    if (fall >= 0) {
      inverse = identity(n)
      direction = slope.map((s) => -s)
      fall = dot(direction, slope)
    }
    // One step of more than a few e-folds of a parameter leaves the region in which the model means anything.
    let step = Math.min(1, 3 / Math.max(...direction.map(Math.abs)))
    let next = at
    let nextValue = Infinity
    const nextSlope = slope.map(() => 0)
    for (let tries = 0; tries < 40; tries += 1, step /= 2) {
      next = at.map((value, i) => value + step * direction[i]!)
      nextValue = objective(next, nextSlope)
      evaluations += 1
      if (nextValue <= value + 1e-4 * step * fall) break
    }
    if (!(nextValue < value)) break
    const moved = next.map((v, i) => v - at[i]!)
    const bent = nextSlope.map((v, i) => v - slope[i]!)
    const curvature = dot(moved, bent)
    if (curvature > 1e-14) {
      const scale = iterations === 0 ? curvature / dot(bent, bent) : 1
      if (scale !== 1) inverse = inverse.map((row) => row.map((v) => v * scale))
      inverse = updated(inverse, moved, bent, curvature)
    }
    at = next
    value = nextValue
    slope = [...nextSlope]
  }
  return { at, value, iterations, evaluations, converged: steepest() <= tolerance, slope: steepest() }
}

const identity = (n: number) =>
  Array.from({ length: n }, (_, i) => Array.from({ length: n }, (__, j) => Number(i === j)))

/** The inverse Hessian after one step: (I − ρ s yᵀ) H (I − ρ y sᵀ) + ρ s sᵀ. */
function updated(inverse: number[][], s: number[], y: number[], curvature: number): number[][] {
  const rho = 1 / curvature
  const hy = inverse.map((row) => dot(row, y))
  const factor = rho * rho * dot(y, hy) + rho
  return inverse.map((row, i) =>
    row.map((v, j) => v - rho * (hy[i]! * s[j]! + s[i]! * hy[j]!) + factor * s[i]! * s[j]!),
  )
}
