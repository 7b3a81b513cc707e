import { join } from 'node:path';
import { type AgencyData, indexAgencyData } from './agency-data';
import { readAgencies } from './read-agencies';
import { readPlaces } from './read-places';
import { readSuccessions } from './read-successions';

/**
 * Reads the province's registered data (agencies, their codes, sites and successions, places) from the CSV files of a folder.
 * Throws naming the file and line of a row it cannot read, so a host does not start on half the data.
 */
export function readAgencyData(dataFolder: string): AgencyData {
  const registered = readAgencies(dataFolder);
  return indexAgencyData({
    agencies: registered.map(({ agency }) => agency),
    sites: registered.flatMap(({ site }) => (site === null ? [] : [site])),
    successions: readSuccessions(join(dataFolder, 'agency_successions.csv'), registered),
    places: readPlaces(join(dataFolder, 'communes.csv')),
  });
}
