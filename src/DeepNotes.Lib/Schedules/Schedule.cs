namespace DeepNotes;

/// <summary>
/// The factor of a learning rate at each step, the first step being 0: the optimizer's rate times
/// <c>schedule(step)</c>. Any function of a step will do; <see cref="Schedules"/> has the usual ones. Factors are doubles: powers of
/// a float32 drift, <c>.9f</c>⁵⁰ by 1.3e-6.
/// </summary>
public delegate double Schedule(int step);
