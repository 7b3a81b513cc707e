import { askEntities, askEntitiesOnce, of, type Ask, type HandPlan, type Reference } from './hand-plan';

interface Procedure {
  readonly id: string;
  readonly title: string;
  readonly fee: number;
  readonly agency: Reference;
}

interface Recent {
  readonly recentDossiers: readonly {
    readonly code: string;
    readonly status: string;
    readonly officer: Reference;
  }[];
}

const AGENCIES = { subgraph: 'agencies', typename: 'Agency', selection: 'name address' };
const DOSSIERS = {
  subgraph: 'dossiers',
  typename: 'Procedure',
  selection: 'recentDossiers(first:2){code status officer{id}}',
};
const OFFICERS = { subgraph: 'officers', typename: 'Officer', selection: 'name title' };

/** Four requests either way; merged sends each representation once. */
export function medium(isMerged: boolean): HandPlan {
  const entities = isMerged ? askEntitiesOnce : askEach;
  return async (ask, variables) => {
    const { procedures } = await ask<{ readonly procedures: readonly Procedure[] }>(
      'procedures',
      'query($from:Int!){procedures(first:10,from:$from){id title fee agency{id}}}',
      variables,
    );
    const asked = procedures.map(({ agency }) => agency.id);
    const [agencies, recent] = await Promise.all([
      entities<object>(ask, AGENCIES, asked),
      entities<Recent>(
        ask,
        DOSSIERS,
        procedures.map(({ id }) => id),
      ),
    ]);
    const officers = await entities<object>(
      ask,
      OFFICERS,
      procedures.flatMap(({ id }) => of(recent, id).recentDossiers.map(({ officer }) => officer.id)),
    );
    return { procedures: procedures.map((procedure) => join(procedure, agencies, recent, officers)) };
  };
}

type Rows<T> = ReadonlyMap<string, T>;

function join(
  { id, title, fee, agency }: Procedure,
  agencies: Rows<object>,
  recent: Rows<Recent>,
  officers: Rows<object>,
): object {
  const recentDossiers = of(recent, id).recentDossiers.map(({ code, status, officer }) => ({
    code,
    status,
    officer: of(officers, officer.id),
  }));
  return { id, title, fee, agency: of(agencies, agency.id), recentDossiers };
}

async function askEach<T>(
  ask: Ask,
  fetch: Parameters<typeof askEntities>[1],
  ids: readonly string[],
): Promise<Rows<T>> {
  const found = await askEntities<T>(ask, fetch, ids);
  return new Map(found.map((row, place) => [ids[place] ?? '', row]));
}
