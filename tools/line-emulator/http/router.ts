import type { Route } from './route';

export interface RouteMatch {
  route: Route;
  params: Record<string, string>;
}

interface PatternRoute {
  route: Route;
  segments: string[];
}

/** Finds routes by a table for fixed paths and by segment count for the others. */
export class Router {
  private readonly fixed = new Map<string, Route>();
  private readonly patterns = new Map<string, PatternRoute[]>();

  constructor(routes: Route[]) {
    for (const route of routes) this.add(route);
  }

  find(method: string, path: string): RouteMatch | undefined {
    const fixed = this.fixed.get(`${method} ${path}`);
    if (fixed) return { route: fixed, params: {} };
    const segments = path.split('/');
    for (const candidate of this.patterns.get(`${method} ${segments.length}`) ?? []) {
      const params = matchSegments(candidate.segments, segments);
      if (params) return { route: candidate.route, params };
    }
    return undefined;
  }

  private add(route: Route): void {
    if (!route.template.includes('{')) {
      this.fixed.set(`${route.method} ${route.template}`, route);
      return;
    }
    const segments = route.template.split('/');
    const key = `${route.method} ${segments.length}`;
    const list = this.patterns.get(key) ?? [];
    list.push({ route, segments });
    this.patterns.set(key, list);
  }
}

function matchSegments(pattern: string[], actual: string[]): Record<string, string> | undefined {
  const params: Record<string, string> = {};
  for (const [place, expected] of pattern.entries()) {
    const given = actual[place] ?? '';
    if (expected.startsWith('{')) {
      if (given === '') return undefined;
      params[expected.slice(1, -1)] = decodeSegment(given);
    } else if (expected !== given) {
      return undefined;
    }
  }
  return params;
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
